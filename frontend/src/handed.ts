/** Starts the patient's page on a handed-over tablet. */
import './app.css';
import './styles/handed.css';

const root = document.querySelector<HTMLElement>('#app');
const data = document.querySelector('#handed-data');

async function start(app: HTMLElement, json: string): Promise<void> {
  app.classList.add('app--loading');
  const { run } = await import('./visit/handed.tsx');
  await run(app, json);
}

if (root && data) void start(root, data.textContent);
