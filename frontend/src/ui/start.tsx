/** Loads the body and draws the page around it; when that fails, says so and offers to try again. */
import { render, type ComponentChild } from 'preact';
import { ApiError } from '../api/client.ts';
import { t } from '../base/l10n.ts';
import { Button, Notice } from './kit.tsx';
import { loadStudio, type Studio } from './studio.ts';

export async function startPage(
  root: HTMLElement,
  page: (studio: Studio) => ComponentChild,
): Promise<void> {
  // The 3D library is on its way while the body is.
  void import('../view/index.ts').catch(() => undefined);
  try {
    const studio = await loadStudio();
    root.textContent = '';
    root.classList.remove('app--loading');
    render(page(studio), root);
  } catch (error) {
    console.error(error);
    const kind = error instanceof ApiError ? error.kind : 'failed';
    root.textContent = '';
    render(
      <Notice tone="error">
        <p>{t(`start-${kind}`)}</p>
        <Button
          onClick={() => {
            location.reload();
          }}
        >
          {t('error-again')}
        </Button>
      </Notice>,
      root,
    );
  }
}
