/** Runs `work` once, when `element` is in sight or nearly so and the browser has nothing else to do. */
export function near(element: Element, work: () => Promise<void>): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      whenIdle(() => {
        // What the work would add is not needed to read the page; the picture stays in its place.
        work().catch((error: unknown) => {
          console.warn(error);
        });
      });
    },
    { rootMargin: '200px' },
  );
  observer.observe(element);
}

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work, 200);
}
