/** Rows that are typed: what each kind asks for, and when a row is whole enough to be stored. */
import { numberOf } from '../course/draft.ts';

export interface Column {
  readonly name: string;
  /** A text's id in the catalogue. */
  readonly label: string;
  readonly type: 'text' | 'number' | 'side';
  readonly needed?: boolean;
}

export interface RowKind {
  readonly kind: string;
  readonly title: string;
  readonly hint?: string;
  readonly columns: readonly Column[];
  /** What is not typed but always so. */
  readonly fixed: Readonly<Record<string, unknown>>;
  /** Of these, exactly one has to be there. */
  readonly oneOf?: readonly string[];
  readonly single?: boolean;
}

export type Typed = Readonly<Record<string, string>>;

export interface Read {
  readonly values: Readonly<Record<string, unknown>>;
  /** Columns that are still missing. */
  readonly missing: readonly string[];
  /** Columns whose number is none. */
  readonly wrong: readonly string[];
}

export const SIGN: RowKind = {
  kind: 'sign',
  title: 'visit-sign-title-couch',
  hint: 'visit-sign-hint',
  single: true,
  fixed: { when: 'before' },
  columns: [
    { name: 'movement', label: 'visit-sign-movement', type: 'text', needed: true },
    { name: 'degrees', label: 'visit-sign-degrees', type: 'number' },
    { name: 'pain', label: 'visit-sign-pain', type: 'number' },
  ],
};

export const KINDS: readonly RowKind[] = [
  SIGN,
  {
    kind: 'movement',
    title: 'visit-rom',
    fixed: { unit: 'degrees' },
    columns: [
      { name: 'joint', label: 'visit-joint', type: 'text', needed: true },
      { name: 'movement', label: 'visit-movement', type: 'text', needed: true },
      { name: 'side', label: 'visit-side', type: 'side' },
      { name: 'amount', label: 'visit-amount', type: 'number' },
      { name: 'pain', label: 'visit-sign-pain', type: 'number' },
    ],
  },
  {
    kind: 'strength',
    title: 'visit-strength',
    fixed: {},
    oneOf: ['grade', 'newtons'],
    columns: [
      { name: 'what', label: 'visit-what', type: 'text', needed: true },
      { name: 'side', label: 'visit-side', type: 'side' },
      { name: 'grade', label: 'visit-grade', type: 'number' },
      { name: 'newtons', label: 'visit-newtons', type: 'number' },
    ],
  },
  {
    kind: 'threshold',
    title: 'visit-ppt',
    fixed: {},
    columns: [
      { name: 'where', label: 'visit-where-ppt', type: 'text', needed: true },
      { name: 'side', label: 'visit-side', type: 'side', needed: true },
      { name: 'kpa', label: 'visit-kpa', type: 'number', needed: true },
    ],
  },
];

export function readRow(kind: RowKind, typed: Typed): Read {
  const values: Record<string, unknown> = { ...kind.fixed };
  const missing: string[] = [];
  const wrong: string[] = [];
  for (const { name, type, needed } of kind.columns) {
    const text = (typed[name] ?? '').trim();
    if (needed && !text) missing.push(name);
    if (type !== 'number') values[name] = text;
    else {
      const value = text ? numberOf(text) : null;
      if (value === undefined) wrong.push(name);
      else values[name] = value;
    }
  }
  const told = kind.oneOf?.filter((name) => (typed[name] ?? '').trim()) ?? [];
  if (kind.oneOf && told.length !== 1) missing.push(...kind.oneOf);
  return { values, missing, wrong };
}

/** A stored row as it is typed. */
export function typedOf(kind: RowKind, row: Readonly<Record<string, unknown>>): Typed {
  return Object.fromEntries(
    kind.columns.map(({ name }) => {
      const value = row[name];
      return [name, typeof value === 'string' || typeof value === 'number' ? String(value) : ''];
    }),
  );
}

export const isBlank = (typed: Typed): boolean =>
  Object.values(typed).every((text) => !text.trim());
