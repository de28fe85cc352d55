import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { describe, expect, it } from 'vitest';
import shared from '@texts/en.ftl?raw';
import couch from '@texts/server/couch.ftl?raw';
import handed from '@texts/server/handed.ftl?raw';
import visit from '@texts/server/visit.ftl?raw';
import { pseudo } from '../src/base/pseudo.ts';

const catalogue = [shared, couch, handed, visit].join('\n');
const bundle = new FluentBundle('en');
const faults = bundle.addResource(new FluentResource(catalogue));
const src = fileURLToPath(new URL('../src', import.meta.url));
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(`${src}/${file}`, 'utf8'))
  .join('\n');

describe('the catalogue', () => {
  it('has no faults', () => {
    expect(faults).toEqual([]);
  });

  it('has every text that the sources name', () => {
    const named = [...sources.matchAll(/\bt\(\s*['"]([\w-]+)['"]/g)].map((match) => match[1]!);
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((id) => !bundle.hasMessage(id))).toEqual([]);
  });

  it('has every family of texts that the sources build', () => {
    const stems = [...sources.matchAll(/\bt\(\s*`([\w-]+)\$\{/g)].map((match) => match[1]!);
    const ids = [...catalogue.matchAll(/^([\w-]+) =/gm)].map((match) => match[1]!);
    expect(stems.filter((stem) => !ids.some((id) => id.startsWith(stem)))).toEqual([]);
  });
});

describe('pseudo', () => {
  it('accents every letter and lengthens the text', () => {
    const text = pseudo('Paint it 3');
    expect(text).not.toMatch(/[a-zA-Z]/);
    expect(text).toContain('3');
    expect(text.length).toBeGreaterThan('Paint it 3'.length);
  });
});
