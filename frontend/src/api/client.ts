/** Asks the server; every failure is an ApiError that the page can show. */
import type {
  BodyInfo,
  DrawingJson,
  FindingSigns,
  Location,
  Muscle,
  Problem,
  Sex,
  Side,
  WordsAnswer,
} from './types.ts';

export class ApiError extends Error {
  constructor(
    /** `offline`: no answer; `refused`: the input is at fault; `failed`: the server is. */
    readonly kind: 'offline' | 'refused' | 'failed',
    readonly detail?: Problem,
  ) {
    super(detail?.message ?? kind);
  }
}

export interface Api {
  body(): Promise<BodyInfo>;
  bodyFile(url: string): Promise<ArrayBuffer>;
  words(text: string): Promise<WordsAnswer>;
  locate(drawing: DrawingJson, sex: Sex | null, findings: readonly string[]): Promise<Location>;
  findings(): Promise<FindingSigns>;
  muscle(id: string, side: Side): Promise<Muscle>;
}

export const api: Api = {
  body: () => json<BodyInfo>('/api/body'),
  bodyFile: async (url) => (await send(url)).arrayBuffer(),
  words: (text) => json<WordsAnswer>('/api/words', { text }),
  locate: (drawing, sex, findings) => json<Location>('/api/locate', { drawing, sex, findings }),
  findings: () => json<FindingSigns>('/api/findings'),
  muscle: (id, side) =>
    json<Muscle>(`/api/muscles/${encodeURIComponent(id)}?side=${encodeURIComponent(side)}`),
};

async function json<T>(url: string, body?: unknown): Promise<T> {
  const response = await send(
    url,
    body === undefined
      ? undefined
      : {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        },
  );
  return (await response.json()) as T;
}

async function send(url: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw new ApiError('offline');
  }
  if (response.ok) return response;
  if (response.status >= 500) throw new ApiError('failed');
  throw new ApiError('refused', await problem(response));
}

async function problem(response: Response): Promise<Problem | undefined> {
  try {
    const body = (await response.json()) as Partial<Problem>;
    return typeof body.message === 'string' ? (body as Problem) : undefined;
  } catch {
    return undefined;
  }
}
