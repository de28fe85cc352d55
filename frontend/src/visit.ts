/** The pages of a visit that are forms: whole without this script, quicker with it. */
import './visit.css';

const form = document.querySelector<HTMLFormElement>('#questionnaire');
if (form)
  void import('./visit/questionnaire.ts').then(({ run }) => {
    run(form);
  });

const guarded = document.querySelector<HTMLFormElement>('form[data-guard]');
if (guarded)
  void import('./visit/guard.ts').then(({ guard }) => {
    guard(guarded);
  });

const sign = document.querySelector<HTMLElement>('[data-sign]');
if (sign)
  void import('./visit/signature.ts').then(({ run }) => {
    run(sign);
  });

const note = document.querySelector<HTMLFormElement>('form[data-note-save]');
if (note)
  void import('./visit/note.ts').then(({ keepTyped }) => {
    keepTyped(note);
  });

const copied = document.querySelector<HTMLButtonElement>('[data-copy]');
if (copied)
  void import('./visit/copy.ts').then(({ offer }) => {
    offer(copied);
  });

const print = document.querySelector<HTMLButtonElement>('[data-print]');
if (print) {
  print.hidden = false;
  print.addEventListener('click', () => {
    window.print();
  });
}

// A tap adds a suggested muscle to the field that it belongs to.
for (const group of document.querySelectorAll<HTMLElement>('[data-adds]')) {
  const field = document.getElementById(group.dataset.adds ?? '');
  if (!(field instanceof HTMLTextAreaElement)) continue;
  group.hidden = false;
  for (const button of group.querySelectorAll<HTMLButtonElement>('[data-add]'))
    button.addEventListener('click', () => {
      const words = field.value.split(',').map((word) => word.trim());
      const added = button.dataset.add ?? '';
      if (!words.includes(added)) field.value = [...words.filter(Boolean), added].join(', ');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
}
