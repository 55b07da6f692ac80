// The colours of a picture that stands alone, light and dark: the page's own tokens by the names that a drawing needs.

export interface Palette {
  canvas: string;
  surface: string;
  sunken: string;
  box: string;
  text: string;
  text2: string;
  text3: string;
  line: string;
  line2: string;
  line3: string;
  goodMark: string;
  warn: string;
  warnMark: string;
  bad: string;
  badMark: string;
  badSoft: string;
  edgeGood: string;
  neutral: string;
  lockSecured: string;
  lockMixed: string;
  lockMixedSoft: string;
  lockPlain: string;
  lockPlainInk: string;
  lockOpaque: string;
  lockUnknown: string;
  grid: string;
  hover: string;
  accent: string;
}

export const LIGHT: Palette = {
  canvas: '#f9fafb',
  surface: '#ffffff',
  sunken: '#f1f3f6',
  box: '#f4f6f8',
  text: '#14171f',
  text2: '#454c5b',
  text3: '#636b7a',
  line: '#e4e7ec',
  line2: '#cfd4dd',
  line3: '#808895',
  goodMark: '#2b9685',
  warn: '#855300',
  warnMark: '#bf7a00',
  bad: '#bd1f2d',
  badMark: '#c9202f',
  badSoft: '#fdecee',
  edgeGood: '#6d938c',
  neutral: '#5c6473',
  lockSecured: '#737b89',
  lockMixed: '#a3126a',
  lockMixedSoft: '#fdeaf5',
  lockPlain: '#a3126a',
  lockPlainInk: '#ffffff',
  lockOpaque: '#31639c',
  lockUnknown: '#636b7a',
  grid: '#eceef2',
  hover: '#f1f3f7',
  accent: '#2f5bd7',
};

export const DARK: Palette = {
  canvas: '#0f1218',
  surface: '#161a22',
  sunken: '#11151c',
  box: '#131720',
  text: '#eceef3',
  text2: '#b0b8c5',
  text3: '#8f98a8',
  line: '#252b36',
  line2: '#363e4c',
  line3: '#6b7484',
  goodMark: '#3fa692',
  warn: '#f0b54d',
  warnMark: '#d99a2b',
  bad: '#ff8087',
  badMark: '#f2545d',
  badSoft: '#35171b',
  edgeGood: '#4f8278',
  neutral: '#97a0b0',
  lockSecured: '#838c9b',
  lockMixed: '#ff8fcf',
  lockMixedSoft: '#3a1730',
  lockPlain: '#ff86cb',
  lockPlainInk: '#2b0a1d',
  lockOpaque: '#7fb2ea',
  lockUnknown: '#8f98a8',
  grid: '#1f2530',
  hover: '#1f2530',
  accent: '#8caaff',
};
