/** Asks the server; every failure is an ApiError that the page can show. */
import { t } from '../base/l10n.ts';
import type {
  BodyInfo,
  CourseJson,
  Examination,
  FindingSigns,
  Forecast,
  Instruments,
  Location,
  Muscle,
  Presentations,
  Problem,
  Question,
  Scored,
  ScoreQuestion,
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

/** What the server says was wrong, as a sentence for the place where it was entered. */
export function spoken({ problem, expected }: Problem): string {
  const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
  return [`${capital(problem)}.`, ...(expected ? [t('error-expected', { expected })] : [])].join(
    ' ',
  );
}

export interface Api {
  body(): Promise<BodyInfo>;
  bodyFile(url: string): Promise<ArrayBuffer>;
  words(text: string): Promise<WordsAnswer>;
  locate(question: Question): Promise<Location>;
  examine(question: Question): Promise<Examination>;
  presentations(): Promise<Presentations>;
  findings(): Promise<FindingSigns>;
  muscle(id: string, side: Side): Promise<Muscle>;
  forecast(course: CourseJson): Promise<Forecast>;
  instruments(): Promise<Instruments>;
  score(question: ScoreQuestion): Promise<Scored>;
}

export const api: Api = {
  body: () => json<BodyInfo>('/api/body'),
  bodyFile: async (url) => (await send(url)).arrayBuffer(),
  words: (text) => json<WordsAnswer>('/api/words', { text }),
  locate: (question) => json<Location>('/api/locate', question),
  examine: (question) => json<Examination>('/api/examine', question),
  presentations: () => json<Presentations>('/api/presentations'),
  findings: () => json<FindingSigns>('/api/findings'),
  muscle: (id, side) =>
    json<Muscle>(`/api/muscles/${encodeURIComponent(id)}?side=${encodeURIComponent(side)}`),
  forecast: (course) => json<Forecast>('/api/forecast', course),
  instruments: () => json<Instruments>('/api/instruments'),
  score: (question) => json<Scored>('/api/score', question),
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
