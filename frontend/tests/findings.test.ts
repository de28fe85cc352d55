import { describe, expect, it } from 'vitest';
import { Findings, next, TEST_POSITIVE, signsOf } from '../src/locate/findings.ts';
import { rounded } from '../src/locate/ranking-panel.tsx';

const right = { muscle: 'infraspinatus', side: 'right', name: 'Infraspinatus' } as const;
const left = { ...right, side: 'left' } as const;

describe('Findings', () => {
  it('says what was found and what not, at each muscle and side', () => {
    const findings = new Findings();
    findings.set(right, 'familiar pain', true);
    findings.set(left, 'taut band', false);
    findings.set(right, 'weak', false);
    expect(findings.statements.value).toEqual([
      'infraspinatus right: familiar pain',
      'infraspinatus right: no weak',
      'infraspinatus left: no taut band',
    ]);
    expect(signsOf(findings.at(right)!, false)).toBe('weak');
    expect(findings.of(left, 'familiar pain')).toBeNull();
  });

  it('changes a sign in place, and forgets a muscle with its last sign', () => {
    const findings = new Findings();
    findings.set(right, 'familiar pain', true);
    findings.set(right, 'familiar pain', false);
    expect(findings.statements.value).toEqual(['infraspinatus right: no familiar pain']);
    findings.set(right, 'familiar pain', null);
    expect(findings.examined.value).toEqual([]);
  });

  it('removes one muscle, or all', () => {
    const findings = new Findings();
    findings.set(right, 'weak', true);
    findings.set(left, 'weak', true);
    findings.remove(right);
    expect(findings.statements.value).toEqual(['infraspinatus left: weak']);
    findings.clear();
    expect(findings.statements.value).toEqual([]);
  });
});

describe('a bound in words', () => {
  it.each([
    [1e-9, '0.01'],
    [0.00031, '0.04'],
    [0.001, '0.1'],
    [0.0512, '6'],
    [0.24, '30'],
  ])('%d is %s percentage points, never less than it is', (bound, text) => {
    expect(rounded(bound)).toBe(text);
  });
});

describe('findings that speak of each other', () => {
  const place = { muscle: 'infraspinatus', side: 'right', name: 'Infraspinatus' } as const;
  const [band, spot, inBand] = ['taut band', 'tender spot', 'tender spot in band'] as const;
  const outside = 'tender spot outside band';

  it.each([
    // what is tapped, in order; what then stands
    [[[inBand, true]], { [band]: true, [spot]: true, [inBand]: true }],
    [
      [
        [inBand, true],
        [spot, false],
      ],
      { [band]: true, [spot]: false, [inBand]: null },
    ],
    [
      [
        [inBand, true],
        [band, false],
      ],
      { [band]: false, [spot]: true, [inBand]: null },
    ],
    [
      [
        [inBand, true],
        [outside, true],
      ],
      { [inBand]: null, [outside]: true, [spot]: true },
    ],
    [
      [
        [spot, false],
        [inBand, true],
      ],
      { [spot]: true, [band]: true, [inBand]: true },
    ],
    [[[inBand, false]], { [inBand]: false, [spot]: null, [band]: null }],
  ] as const)('%j leaves no contradiction', (taps, expected) => {
    const findings = new Findings();
    for (const [sign, found] of taps) findings.set(place, sign, found);
    for (const [sign, found] of Object.entries(expected))
      expect(findings.of(place, sign)).toBe(found);
  });

  it('is tapped through found, not found and not examined', () => {
    expect([null, true, false].map(next)).toEqual([true, false, null]);
  });

  it('says a test as the server reads it', () => {
    const findings = new Findings();
    const test = { muscle: 'spurling', side: 'left', name: 'Spurling test' } as const;
    findings.set(test, TEST_POSITIVE, true);
    expect(findings.statements.value).toEqual(['spurling left: positive']);
    findings.set(test, TEST_POSITIVE, false);
    expect(findings.statements.value).toEqual(['spurling left: negative']);
  });
});
