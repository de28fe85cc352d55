/** The texts of patient mode and of one's own findings first. */
import texts from '@texts/server/handed.ftl?raw';
import { addTexts } from '../base/l10n.ts';

addTexts(texts);
