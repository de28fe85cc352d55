/** Under which name a tab keeps the review that was begun; apart, because every record asks for it. */
export const KEY = 'tautband-review';
