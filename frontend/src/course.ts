/** Starts the page of a course, or that of the measures; each is loaded only where it is wanted. */
import './course.css';

const root = document.querySelector<HTMLElement>('#course-app');

async function start(app: HTMLElement): Promise<void> {
  const { run } =
    app.dataset.page === 'measures'
      ? await import('./course/measures.tsx')
      : await import('./course/page.tsx');
  await run(app);
}

if (root) void start(root);
