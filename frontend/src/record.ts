/**
 * A record's page is whole without this script. It adds what needs one: the body in 3D once the
 * picture is near, print, and the form for an expert's review, each loaded when it is wanted.
 */
import { near } from './atlas/near.ts';
import { KEY } from './atlas/review-key.ts';

const record = document.querySelector<HTMLElement>('#record');
const figure = document.querySelector<HTMLElement>('#figure');
const stage = document.querySelector<HTMLElement>('#stage');

if (record && figure && stage)
  near(figure, async () => {
    const { showBody } = await import('./atlas/body.tsx');
    await showBody(record, figure, stage);
  });

const print = document.querySelector<HTMLButtonElement>('#print');
if (print) {
  print.hidden = false;
  print.addEventListener('click', () => {
    window.print();
  });
}

const review = document.querySelector<HTMLButtonElement>('#review');
const panel = document.querySelector<HTMLElement>('#review-panel');
if (record && review && panel) {
  const open = async (): Promise<void> => {
    review.hidden = true;
    const { openReview } = await import('./atlas/review.tsx');
    openReview(record, panel);
  };
  review.hidden = false;
  review.addEventListener('click', () => void open());
  // Who has begun a review on another record goes on with it here.
  if (sessionStorage.getItem(KEY)) void open();
}
