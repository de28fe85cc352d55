/** Every sentence of the page comes from the one catalogue that the server uses too. */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import catalogue from '@texts/en.ftl?raw';
import { pseudo } from './pseudo.ts';

const wanted =
  typeof document === 'undefined' ? undefined : document.documentElement.dataset.locale;

const bundle = new FluentBundle('en', {
  useIsolating: false,
  ...(wanted === 'en-XA' ? { transform: pseudo } : {}),
});
bundle.addResource(new FluentResource(catalogue));

/** Adds the texts of a part that only some pages have. */
export function addTexts(source: string): void {
  bundle.addResource(new FluentResource(source));
}

/** The text of a message; a missing one is a fault that must show, so it throws. */
export function t(id: string, args?: Record<string, FluentVariable>): string {
  const message = bundle.getMessage(id);
  if (!message?.value) throw new Error(`no text "${id}"`);
  const errors: Error[] = [];
  const text = bundle.formatPattern(message.value, args, errors);
  if (errors[0]) throw errors[0];
  return text;
}
