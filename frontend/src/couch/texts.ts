/** The texts of the couch page, which no other page loads. */
import texts from '@texts/server/couch.ftl?raw';
import { addTexts } from '../base/l10n.ts';

addTexts(texts);
