/** Starts the page's drawing: the patient's page never loads what ranks. */
import { t } from './base/l10n.ts';
import './app.css';

const root = document.querySelector<HTMLElement>('#app');

async function start(app: HTMLElement): Promise<void> {
  app.classList.add('app--loading');
  app.textContent = t('stage-loading');
  const { run } =
    app.dataset.mode === 'patient'
      ? await import('./patient.tsx')
      : await import('./clinician.tsx');
  await run(app);
}

if (root) void start(root);
