import { describe, expect, it } from 'vitest';
import { Findings } from '../src/locate/findings.ts';
import { KINDS, readRow, typedOf, type RowKind } from '../src/visit/rows.ts';
import { SavedFindings } from '../src/visit/saved-findings.ts';

const kind = (name: string): RowKind => KINDS.find((one) => one.kind === name)!;
const place = { muscle: 'infraspinatus', side: 'right', name: 'Infraspinatus' } as const;
const row = {
  id: 'one',
  version: 2,
  muscle: 'infraspinatus',
  side: 'right',
  sign: 'taut band',
  answer: 'present',
};

describe('readRow', () => {
  it('says what is missing and what is no number', () => {
    const read = readRow(kind('movement'), { joint: 'shoulder', amount: 'wide', pain: '4,5' });
    expect(read.missing).toEqual(['movement']);
    expect(read.wrong).toEqual(['amount']);
    expect(read.values).toMatchObject({ unit: 'degrees', joint: 'shoulder', pain: 4.5 });
  });

  it('wants one of grade and newtons', () => {
    const typed = { what: 'abduction', grade: '4', newtons: '90' };
    expect(readRow(kind('strength'), typed).missing).toEqual(['grade', 'newtons']);
    expect(readRow(kind('strength'), { ...typed, grade: '' }).missing).toEqual([]);
  });

  it('reads back what was stored', () => {
    const typed = typedOf(kind('threshold'), { where: 'infraspinatus', side: 'left', kpa: 220 });
    expect(readRow(kind('threshold'), typed).values).toEqual({
      where: 'infraspinatus',
      side: 'left',
      kpa: 220,
    });
  });
});

describe('SavedFindings', () => {
  it('sends back nothing of what was loaded', () => {
    const findings = new Findings();
    SavedFindings.restore(findings, [row], {});
    expect(new SavedFindings([row]).changes(findings)).toEqual([]);
  });

  it('changes a stored row under its own id, and takes back by "not examined"', () => {
    const findings = new Findings();
    SavedFindings.restore(findings, [row], {});
    const saved = new SavedFindings([row], () => 'new');
    findings.set(place, 'taut band', false);
    findings.set(place, 'familiar pain', true);
    expect(
      saved.changes(findings).map(({ id, values }) => [id, values.sign, values.answer]),
    ).toEqual([
      ['one', 'taut band', 'absent'],
      ['new', 'familiar pain', 'present'],
    ]);
    findings.remove(place);
    expect(saved.changes(findings).map(({ values }) => values.answer)).toEqual([
      'not examined',
      'not examined',
    ]);
    expect(saved.changes(findings)).toEqual([]);
  });
});
