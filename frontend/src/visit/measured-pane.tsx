/** What was told and measured, saved as it is typed: a row goes out once it is whole. */
import { signal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { t } from '../base/l10n.ts';
import { useId } from '../ui/ids.ts';
import { Button } from '../ui/kit.tsx';
import { Instruments, type KeptMeasure } from './instruments.tsx';
import type { Outbox } from './outbox.ts';
import type { Pending } from './pending.ts';
import {
  isBlank,
  KINDS,
  readRow,
  SIGN,
  typedOf,
  type Column,
  type RowKind,
  type Typed,
} from './rows.ts';

export interface Own {
  readonly id: string;
  readonly told: string;
  readonly impression: string;
}

type StoredRow = Readonly<Record<string, unknown>> & { readonly id: string };

interface OpenRow {
  readonly id: string;
  readonly typed: Signal<Typed>;
}

const PAUSE_MS = 400;

/** The rows of every kind as they stand on the page. */
export class Sheets {
  readonly #rows = new Map<string, Signal<readonly OpenRow[]>>();
  readonly #outbox: Outbox;
  readonly #pending: Pending;

  constructor(
    outbox: Outbox,
    pending: Pending,
    stored: Readonly<Record<string, readonly StoredRow[]>>,
  ) {
    this.#outbox = outbox;
    this.#pending = pending;
    for (const kind of KINDS) {
      const rows = (stored[kind.kind] ?? []).filter(
        (row) => kind !== SIGN || row.when === 'before',
      );
      this.#rows.set(
        kind.kind,
        signal(rows.map((row) => ({ id: row.id, typed: signal(typedOf(kind, row)) }))),
      );
      if (!rows.length) this.add(kind);
    }
  }

  of(kind: RowKind): readonly OpenRow[] {
    return this.#rows.get(kind.kind)?.value ?? [];
  }

  add(kind: RowKind): void {
    const rows = this.#rows.get(kind.kind);
    if (!rows) return;
    rows.value = [...rows.value, { id: crypto.randomUUID(), typed: signal<Typed>({}) }];
  }

  type(kind: RowKind, row: OpenRow, name: string, text: string): void {
    row.typed.value = { ...row.typed.value, [name]: text };
    this.later(row.id, () => {
      const { values, missing, wrong } = readRow(kind, row.typed.value);
      if (!missing.length && !wrong.length) this.#outbox.put(kind.kind, row.id, values);
    });
  }

  /** Waits until the typing pauses. */
  later(id: string, save: () => void): void {
    this.#pending.later(id, PAUSE_MS, save);
  }
}

interface Props {
  readonly outbox: Outbox;
  readonly sheets: Sheets;
  readonly own: Own;
  readonly measures: readonly KeptMeasure[];
}

export function MeasuredPane({ outbox, sheets, own, measures }: Props): JSX.Element {
  return (
    <>
      <Words {...{ outbox, sheets, own }} name="told" label={t('visit-told')} />
      {KINDS.map((kind) => (
        <Rows key={kind.kind} {...{ outbox, sheets, kind }} />
      ))}
      <Instruments outbox={outbox} kept={measures} />
      <Words {...{ outbox, sheets, own }} name="impression" label={t('visit-impression')} />
    </>
  );
}

interface WordsProps {
  readonly outbox: Outbox;
  readonly sheets: Sheets;
  readonly own: Own;
  readonly name: 'told' | 'impression';
  readonly label: string;
}

function Words({ outbox, sheets, own, name, label }: WordsProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      <textarea
        id={id}
        class="input input--lines"
        rows={2}
        defaultValue={own[name]}
        onInput={(event) => {
          const text = event.currentTarget.value;
          sheets.later(`${own.id} ${name}`, () => {
            outbox.put('assessment', own.id, { [name]: text });
          });
        }}
      />
    </div>
  );
}

interface RowsProps {
  readonly outbox: Outbox;
  readonly sheets: Sheets;
  readonly kind: RowKind;
}

function Rows({ outbox, sheets, kind }: RowsProps): JSX.Element {
  const rows = sheets.of(kind);
  return (
    <fieldset class="measured">
      <legend class="section-title">{t(kind.title)}</legend>
      {kind.hint && <p class="small muted">{t(kind.hint)}</p>}
      {rows.map((row) => (
        <Row key={row.id} {...{ outbox, sheets, kind, row }} />
      ))}
      {!kind.single && (
        <Button
          icon="plus"
          onClick={() => {
            sheets.add(kind);
          }}
        >
          {t('visit-add-row')} <span class="visually-hidden">{t(kind.title)}</span>
        </Button>
      )}
    </fieldset>
  );
}

function Row({ outbox, sheets, kind, row }: RowsProps & { readonly row: OpenRow }): JSX.Element {
  const typed = row.typed.value;
  const { missing, wrong } = readRow(kind, typed);
  const label = (name: string): string =>
    t(kind.columns.find((column) => column.name === name)?.label ?? name);
  const fault = outbox.parked.value.get(row.id)?.fault;
  return (
    <div class="measured__row">
      {kind.columns.map((column) => (
        <Cell
          key={column.name}
          column={column}
          text={typed[column.name] ?? ''}
          wrong={wrong.includes(column.name)}
          onInput={(text) => {
            sheets.type(kind, row, column.name, text);
          }}
        />
      ))}
      {!isBlank(typed) && missing.length > 0 && (
        <p class="small muted measured__note">
          {t('visit-row-incomplete', { missing: missing.map(label).join(', ') })}
        </p>
      )}
      {fault && (
        <p class="fault measured__note" role="alert">
          {t('visit-refused')} <span lang="en">{fault}</span>
        </p>
      )}
    </div>
  );
}

interface CellProps {
  readonly column: Column;
  readonly text: string;
  readonly wrong: boolean;
  readonly onInput: (text: string) => void;
}

const SIDES = ['left', 'right', 'midline'] as const;

function Cell({ column, text, wrong, onInput }: CellProps): JSX.Element {
  const id = useId();
  return (
    <div class={`field field--${column.type}`}>
      <label class="label" for={id}>
        {t(column.label)}
      </label>
      {column.type === 'side' ? (
        <select
          id={id}
          class="input"
          value={text}
          onChange={(event) => {
            onInput(event.currentTarget.value);
          }}
        >
          <option value="">{t('visit-side-none')}</option>
          {SIDES.map((side) => (
            <option key={side} value={side}>
              {t(`side-${side}`)}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          class="input"
          autocomplete="off"
          inputMode={column.type === 'number' ? 'decimal' : 'text'}
          value={text}
          aria-invalid={wrong ? 'true' : undefined}
          aria-describedby={wrong ? `${id}-fault` : undefined}
          onInput={(event) => {
            onInput(event.currentTarget.value);
          }}
        />
      )}
      {wrong && (
        <span id={`${id}-fault`} class="fault">
          {t('visit-number-wrong')}
        </span>
      )}
    </div>
  );
}
