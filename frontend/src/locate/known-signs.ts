/** The signs and tests that the server's model knows; asked for once, when they are first needed. */
import { signal } from '@preact/signals';
import { api } from '../api/client.ts';
import type { FindingSigns } from '../api/types.ts';

export type Known = FindingSigns | 'asking' | 'failed' | null;
export const known = signal<Known>(null);

export async function askSigns(): Promise<void> {
  known.value = 'asking';
  try {
    known.value = await api.findings();
  } catch {
    known.value = 'failed';
  }
}
