import { describe, expect, it } from 'vitest';
import { ReviewStore, type Storage } from '../src/atlas/review-store.ts';

const TODAY = '2026-05-04';
const ORIGIN = { record: 'infraspinatus', field: 'origin', hash: '0123456789abcdef' };
const ACTION = { record: 'infraspinatus', field: 'action', hash: 'fedcba9876543210' };
const OTHER = { record: 'soleus', field: 'origin', hash: '00000000aaaaaaaa' };

function tab(): Storage {
  const held = new Map<string, string>();
  return {
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, value) => void held.set(name, value),
    removeItem: (name) => void held.delete(name),
  };
}

function signed(storage = tab()): ReviewStore {
  const store = new ReviewStore(storage, TODAY);
  store.sign({ name: 'Ann Example' });
  return store;
}

describe('a review', () => {
  it('is handed over by the schema that the command line merges', () => {
    const store = signed();
    store.judge(ORIGIN, 'agree');
    store.judge(ACTION, 'change', ' Say which head. ');
    expect(store.lacks()).toEqual([]);
    expect(JSON.parse(store.file('atlas-0123456789ab'))).toEqual({
      schema: 'tautband.review/1',
      atlas_version: 'atlas-0123456789ab',
      reviewer: 'Ann Example',
      qualification: '',
      date: TODAY,
      verdicts: [
        { ...row(ORIGIN), verdict: 'agree', note: '' },
        { ...row(ACTION), verdict: 'change', note: 'Say which head.' },
      ],
    });
  });

  it('goes on in the same tab, on other records too, until it is cleared', () => {
    const storage = tab();
    const store = signed(storage);
    store.judge(ORIGIN, 'agree');
    store.judge(OTHER, 'agree');
    const later = new ReviewStore(storage, TODAY);
    expect(later.counts.value).toEqual({ fields: 2, records: 2 });
    expect(later.reviewer.value.name).toBe('Ann Example');
    later.clear();
    expect(new ReviewStore(storage, TODAY).counts.value.fields).toBe(0);
  });

  it('takes a verdict back', () => {
    const store = signed();
    store.judge(ORIGIN, 'agree');
    store.judge(ORIGIN, null);
    expect(store.of(ORIGIN)).toBeUndefined();
  });

  it('does not show a verdict on a statement that says something else by now', () => {
    const store = signed();
    store.judge(ORIGIN, 'agree');
    expect(store.of({ ...ORIGIN, hash: 'ffffffffffffffff' })).toBeUndefined();
  });

  it.each([
    ['name', { name: '  ' }, 'agree', ''],
    ['date', { date: '2026-05-05' }, 'agree', ''],
    ['date', { date: 'today' }, 'agree', ''],
    ['verdict', {}, null, ''],
    ['note', {}, 'change', ' '],
    ['note', {}, 'reject', ''],
  ] as const)('is refused without a proper %s', (lack, who, verdict, note) => {
    const store = signed();
    store.sign(who);
    store.judge(ORIGIN, verdict, note);
    expect(store.lacks()).toEqual([lack]);
  });

  it.each(['{', '[]', '{"reviewer": 1}', 'null'])(
    'begins anew on unreadable storage: %s',
    (text) => {
      const storage = tab();
      storage.setItem('tautband-review', text);
      expect(new ReviewStore(storage, TODAY).counts.value.fields).toBe(0);
    },
  );
});

const row = ({ record, field, hash }: typeof ORIGIN) => ({ record, field, text_hash: hash });
