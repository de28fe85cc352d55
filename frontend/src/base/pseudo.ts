/** Accents and lengthens text, so that what bypasses the catalogue or has no room shows up. */

const PLAIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ACCENTED = 'ȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑ';
const accented = Array.from(ACCENTED);
const accent = new Map(Array.from(PLAIN, (letter, i) => [letter, accented[i]!]));
const VOWELS = new Set('aeiouAEIOU');

/** The same change as the server's pseudo-locale makes. */
export function pseudo(text: string): string {
  return Array.from(text, (letter) =>
    (accent.get(letter) ?? letter).repeat(VOWELS.has(letter) ? 2 : 1),
  ).join('');
}
