/** What the clinician finds before seeing any ranking, at whichever muscle they choose. */
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Side } from '../api/types.ts';
import { t } from '../base/l10n.ts';
import type { Findings } from '../locate/findings.ts';
import { FindingsSummary } from '../locate/findings-form.tsx';
import { QuickSigns } from '../locate/quick-signs.tsx';
import { Button, Segmented } from '../ui/kit.tsx';
import './handed-texts.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

interface Props {
  readonly findings: Findings;
  readonly muscles: readonly Named[];
  readonly veiled: Signal<boolean>;
}

export function OwnFindings({ findings, muscles, veiled }: Props): JSX.Element {
  const [name, setName] = useState('');
  const [side, setSide] = useState<Side>('right');
  const found = muscles.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  return (
    <section class="stack" aria-label={t('handed-own-first')}>
      <h2 class="section-title">{t('handed-own-first')}</h2>
      <p class="muted">{t('handed-own-lead')}</p>
      <label class="label" for="own-muscle">
        {t('handed-own-muscle')}
      </label>
      <input
        class="input"
        id="own-muscle"
        list="own-muscles"
        autocomplete="off"
        value={name}
        onInput={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      <datalist id="own-muscles">
        {muscles.map((one) => (
          <option key={one.id} value={one.name} />
        ))}
      </datalist>
      <Segmented<Side>
        legend={t('handed-own-side')}
        value={side}
        choices={(['left', 'right'] as const).map((one) => ({
          value: one,
          label: t(`side-${one}`),
        }))}
        onChange={setSide}
      />
      {found && (
        <QuickSigns findings={findings} place={{ muscle: found.id, side, name: found.name }} />
      )}
      <FindingsSummary findings={findings} />
      <Button kind="primary" onClick={() => (veiled.value = false)}>
        {t('handed-reveal')}
      </Button>
    </section>
  );
}
