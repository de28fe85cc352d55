/** The part of the page that needs the 3D library; loaded apart, where one draws. */
export { BodyView } from './body-view.ts';
export { PointerInput } from './pointer.ts';
