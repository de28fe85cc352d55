/* Pages of the record: what they do beyond links and forms. */
import './clinic.css';
import { findAsOneTypes } from './clinic/find';
import { previewInPlace } from './clinic/preview';

const search = document.querySelector<HTMLFormElement>('form[data-find]');
const found = document.querySelector<HTMLElement>('[data-found]');
if (search && found) findAsOneTypes(search, found);

const list = document.querySelector<HTMLFormElement>('form[data-preview]');
const shown = document.querySelector<HTMLElement>('[data-shown]');
if (list && shown) previewInPlace(list, shown);
