// Numbers as Vietnamese words: the same rules as base/vietnamese.cpp, held together by tests/vectors/number_words.json.

const speech = {
  north: { thousand: 'nghìn', odd: 'linh', four: 'tư' },
  central: { thousand: 'nghìn', odd: 'lẻ', four: 'tư' },
  south: { thousand: 'ngàn', odd: 'lẻ', four: 'bốn' },
};
const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];

/** A whole number from 0 to 2⁵³ − 1 in words, without a unit: 50000 → `năm mươi nghìn`. */
export function inWords(number, dialect = 'north') {
  const { thousand, odd, four } = speech[dialect];
  const said = [];
  const sayOnes = (tens, ones) => {
    if (ones === 0) return;
    if (ones === 5 && tens >= 1) said.push('lăm');
    else if (ones === 4 && tens >= 2) said.push(four);
    else if (ones === 1 && tens >= 2) said.push('mốt');
    else said.push(digits[ones]);
  };
  const sayGroup = (group, unit, first) => {
    if (group === 0) return first;
    const [hundreds, tens, ones] = [Math.floor(group / 100), Math.floor(group / 10) % 10, group % 10];
    const withHundreds = hundreds > 0 || !first;
    if (withHundreds) said.push(digits[hundreds], 'trăm');
    if (tens === 0 && ones > 0 && withHundreds) said.push(odd);
    if (tens === 1) said.push('mười');
    if (tens >= 2) said.push(digits[tens], 'mươi');
    sayOnes(tens, ones);
    if (unit) said.push(unit);
    return false;
  };
  const sayNumber = (n, startsHere) => {
    let first = startsHere;
    if (n >= 1e9) {
      sayNumber(Math.floor(n / 1e9), first);
      said.push('tỷ');
      first = false;
    }
    const below = n % 1e9;
    first = sayGroup(Math.floor(below / 1e6), 'triệu', first);
    first = sayGroup(Math.floor(below / 1e3) % 1e3, thousand, first);
    sayGroup(below % 1e3, '', first);
  };
  if (number === 0) return digits[0];
  sayNumber(number, true);
  return said.join(' ');
}

/** `50.000 ₫`, never broken before its unit. */
export const dong = (amount) => String(amount).replace(/\B(?=(\d{3})+$)/g, '.') + '\u00a0₫';
