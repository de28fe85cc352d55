/** Short names for what the server takes and answers; the shapes come from its own schema. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type BodyInfo = Schemas['Body'];
export type Region = Schemas['Region'];
export type DrawingJson = Schemas['Drawing'];
export type Understood = Schemas['Understood'];
export type WordsAnswer = Schemas['Words'];
export type Location = Schemas['Location'];
export type Candidate = Schemas['Candidate'];
export type OtherCause = Schemas['OtherCause'];
export type RedFlag = Schemas['RedFlag'];
export type RegionShare = Schemas['Explained'];
export type FindingSigns = Schemas['Findings'];
/** What is asked of the ranking, and of what to examine next. */
export type Question = Schemas['LocateIn'];
export type Examination = Schemas['Examination'];
export type Proposal = Schemas['Proposal'];
export type PresentationInShort = Schemas['PresentationInShort'];
export type Presentations = Schemas['Presentations'];
export type Prior = Schemas['Prior'];
export type Muscle = Schemas['Muscle'];
/** The one error shape. */
export type Problem = Schemas['Problem'];
export type Side = Candidate['side'];
export type Sex = NonNullable<Schemas['LocateIn']['sex']>;

export type CourseJson = Schemas['CourseIn'];
export type Forecast = Schemas['Forecast'];
export type CurvePoint = Schemas['CurvePoint'];
export type Instrument = Schemas['InstrumentOut'];
export type Instruments = Schemas['Instruments'];
export type ScoreQuestion = Schemas['ScoreIn'];
export type Scored = Schemas['Scored'];
export type WeighedChange = Schemas['WeighedChange'];
