/** The texts of the pages of a visit, which no other page loads. */
import texts from '@texts/server/visit.ftl?raw';
import { addTexts } from '../base/l10n.ts';

addTexts(texts);
