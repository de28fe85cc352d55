/** What is painted, as a list that can be read, changed and cleared without a pointer. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../base/l10n.ts';
import { intensityOf, isPain, mark, qualityOf, UNMARKED } from '../drawing/marks.ts';
import { grouped, type PaintedGroup } from '../drawing/summary.ts';
import { announce } from './announce.tsx';
import { IntensityRow, QualityRow } from './dock.tsx';
import { Icon, QualitySwatch } from './icons.tsx';
import { Button } from './kit.tsx';
import { regionLabel } from './region-picker.tsx';
import type { Studio } from './studio.ts';

export function PaintedList({ studio }: { studio: Studio }): JSX.Element {
  const rows = grouped(studio.painted.value, studio.surface.regionCount);
  return (
    <section class="stack" aria-label={t('painted-title')}>
      <h2 class="label">{t('painted-title')}</h2>
      {rows.length === 0 ? (
        <p class="muted">{t('painted-none')}</p>
      ) : (
        <ul class="painted">
          {rows.map((row) => (
            <Row key={row.regions.join()} studio={studio} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ studio, row }: { studio: Studio; row: PaintedGroup }): JSX.Element {
  const [open, setOpen] = useState(false);
  const { store } = studio;
  const name = regionLabel(studio, row.regions);
  const members = row.regions.flatMap((region) => studio.members(region));
  const marked = (): number[] => members.filter((v) => store.marks[v] !== UNMARKED);
  const repaint = (value: number): void => {
    store.fill(marked(), value);
  };
  return (
    <li class="painted__row">
      <button
        type="button"
        class="painted__main"
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
          studio.view.value?.show('picked', open ? [] : members);
          if (!open && members[0] !== undefined) studio.view.value?.face(members[0]);
        }}
      >
        <span class={`painted__swatch pain-${intensityOf(row.value)}`}>
          <QualitySwatch quality={qualityOf(row.value)} />
        </span>
        <span class="painted__name">{name}</span>
        <span class="painted__value">
          {isPain(row.value)
            ? t('painted-value', {
                intensity: intensityOf(row.value),
                quality: t(`quality-${qualityOf(row.value)}`),
              })
            : t('painted-free')}
        </span>
        <Icon name="chevron" />
      </button>
      <Button
        icon="close"
        kind="quiet"
        name={t('painted-remove', { name })}
        onClick={() => {
          store.fill(marked(), UNMARKED);
          studio.view.value?.show('picked', []);
          announce(t('painted-removed', { name }));
        }}
      />
      {open && (
        <div class="painted__edit stack">
          <IntensityRow
            value={intensityOf(row.value)}
            onChange={(intensity) => {
              repaint(mark(intensity, qualityOf(row.value)));
            }}
          />
          <QualityRow
            value={qualityOf(row.value)}
            onChange={(quality) => {
              repaint(mark(intensityOf(row.value), quality));
            }}
          />
        </div>
      )}
    </li>
  );
}
