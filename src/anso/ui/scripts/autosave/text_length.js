/* Counting words and characters by the same rule as anso/kernel/text_length.py: what the counter says while one types
   is what the server will judge. A test counts the same texts on both sides. */

/* Scripts that put no spaces between words: Thai, Lao, Tibetan; Burmese; Khmer, Tai; kana; Han. */
const UNSPACED =
  "\\u0e00-\\u0e3e\\u0e40-\\u0fff" +
  "\\u1000-\\u109f\\ua9e0-\\ua9ff\\uaa60-\\uaa7f" +
  "\\u1780-\\u17da\\u17dc-\\u17ff\\u1950-\\u19df\\u1a20-\\u1aaf" +
  "\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";
const SPACE = "\\t\\n\\v\\f\\r \\u00a0\\u1361\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
/* Signs of East Asian writing, which are no words of their own. */
const WIDE = "\\u3001-\\u3004\\u3008-\\u303f\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65";
const RUN = new RegExp(`([${UNSPACED}]+)|[^${UNSPACED}${SPACE}${WIDE}]+`, "gu");
const TELLING = /[\p{L}\p{N}]/u;
/* Accents and joiners belong to the letter before them. */
const MARK = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u200c\u200d]/gu;

const normalise = (text) => text.replace(/\r\n?/g, "\n").normalize("NFC");

const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter("en", { granularity: "word" });

/* A browser that cannot segment guesses three signs to a word; the server is the one that judges. */
const wordsWithin = (run) =>
  segmenter
    ? [...segmenter.segment(run)].filter(({ segment }) => TELLING.test(segment)).length
    : Math.ceil([...run].length / 3);

export const countWords = (text) => {
  let count = 0;
  for (const [run, unspaced] of normalise(text).matchAll(RUN)) {
    count += unspaced ? wordsWithin(run) : Number(TELLING.test(run));
  }
  return count;
};

/* Spread into code points: a letter beyond the first plane is one character, not two. */
export const countCharacters = (text) => [...normalise(text).replace(MARK, "")].length;
