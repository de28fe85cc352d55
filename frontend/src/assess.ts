/** Starts the assessment's page: the body with its ranking, saved as one goes. */
import './app.css';
import './visit.css';

const root = document.querySelector<HTMLElement>('#app');
const data = document.querySelector('#assessment-data');

async function start(app: HTMLElement, json: string): Promise<void> {
  app.classList.add('app--loading');
  const { run } = await import('./visit/assessment.tsx');
  await run(app, json);
}

if (root && data) void start(root, data.textContent);
