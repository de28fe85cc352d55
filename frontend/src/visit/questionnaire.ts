/**
 * The screening's form, which is whole without this: follow-up questions come when an answer calls
 * for them, one tap says no to the rest of a section, and one sees how much is answered.
 */
import { t } from '../base/l10n.ts';
import { guard } from './guard.ts';
import './texts.ts';
import { post } from './wire.ts';

const PAUSE_MS = 250;

export function run(form: HTMLFormElement): void {
  guard(form);
  const questions = [...form.querySelectorAll<HTMLElement>('[data-question]')];
  const count = form.querySelector<HTMLElement>('.visit__count');

  const tell = (): void => {
    const asked = questions.filter((one) => !one.hidden);
    const answered = asked.filter(isAnswered).length;
    if (count) count.textContent = t('visit-answered', { answered, asked: asked.length });
  };
  const follow = followUps(form, questions, tell);
  form.addEventListener('input', () => {
    tell();
    follow();
  });
  for (const button of form.querySelectorAll<HTMLButtonElement>('[data-rest]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      sayNo(button.closest('[data-section]'));
      tell();
      follow();
    });
  }
  for (const one of form.querySelectorAll<HTMLElement>('.question__where')) showWhere(one);
  follow();
  tell();
}

function isAnswered(question: HTMLElement): boolean {
  const chosen = question.querySelector<HTMLInputElement>('input[type=radio]:checked');
  if (chosen) return chosen.value !== '';
  const typed = question.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
  return (typed?.value.trim() ?? '') !== '';
}

/** Every visible open question of a section gets "no", where that is the harmless answer. */
function sayNo(section: Element | null): void {
  for (const question of section?.querySelectorAll<HTMLElement>('[data-no]') ?? []) {
    if (question.hidden || isAnswered(question)) continue;
    const no = question.querySelector<HTMLInputElement>('input[type=radio][value=no]');
    if (no) no.checked = true;
  }
}

/** Where something is matters only once it is there. */
function showWhere(where: HTMLElement): void {
  const question = where.closest<HTMLElement>('[data-question]');
  const yes = question?.querySelector<HTMLInputElement>('input[type=radio][value=yes]');
  const show = (): void => {
    where.hidden = !yes?.checked;
  };
  question?.addEventListener('change', show);
  show();
}

/** Asks the rules themselves which follow-ups are due; while they do not answer, all are shown. */
function followUps(
  form: HTMLFormElement,
  questions: readonly HTMLElement[],
  changed: () => void,
): () => void {
  const waiting = questions.filter((one) => one.dataset.followUp !== undefined);
  const address = form.dataset.followUps ?? '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const show = (due: ReadonlySet<string> | null): void => {
    for (const one of waiting)
      one.hidden = due !== null && !due.has(one.dataset.question ?? '') && !isAnswered(one);
    changed();
  };
  const ask = async (): Promise<void> => {
    const mine = ++asked;
    const answers = Object.fromEntries(
      [...new FormData(form)].filter(([name]) => name.startsWith('q-')),
    );
    try {
      const again = form.dataset.again === 'yes';
      const { ask: due } = await post<{ ask: string[] }>(address, { answers, again });
      if (mine === asked) show(new Set(due));
    } catch {
      if (mine === asked) show(null);
    }
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), PAUSE_MS);
  };
}
