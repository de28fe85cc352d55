import { describe, expect, it } from 'vitest';
import { ageOf, Patient } from '../src/locate/patient.ts';

describe('what was treated before', () => {
  const right = { muscle: 'infraspinatus', side: 'right' } as const;
  const left = { muscle: 'infraspinatus', side: 'left' } as const;

  it('is said muscle by muscle and side by side', () => {
    const patient = new Patient();
    patient.setResponse(right, 'better');
    patient.setResponse(left, 'same');
    expect(patient.treated.value).toEqual([
      'infraspinatus right: better',
      'infraspinatus left: same',
    ]);
  });

  it('is changed and taken back', () => {
    const patient = new Patient();
    patient.setResponse(right, 'better');
    patient.setResponse(right, 'worse');
    expect(patient.responseOf(right)).toBe('worse');
    patient.setResponse(right, null);
    expect(patient.responseOf(right)).toBeNull();
    expect(patient.treated.value).toEqual([]);
  });
});

describe('an age', () => {
  it.each([
    ['44', 44],
    [' 0', 0],
    ['120', 120],
    ['121', null],
    ['', null],
    ['4.5', null],
    ['old', null],
  ])('%j is %j', (text, years) => {
    expect(ageOf(text)).toBe(years);
  });
});
