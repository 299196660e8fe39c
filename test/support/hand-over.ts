import type { Visit } from './browser-window.js';

const TAG =
  /<script nonce="([^"]*)" src="\/assets\/hand-over\.js" data-callback="([^"]*)" data-answer="([^"]*)" data-origins="([^"]*)"><\/script>/;

/** What the page behind a sign-in elsewhere hands over, and the nonce by which its script runs. */
export function handedOver({ html }: Pick<Visit, 'html'>) {
  const [, nonce = '', callback = '', answer = '', origins = ''] = (TAG.exec(html) ?? []).map(unescape);
  if (answer === '') throw new Error(`The page hands nothing over: ${html}`);
  return {
    nonce,
    callback,
    // Of any type: a test looks into answers of every shape.
    answer: JSON.parse(answer),
    origins: JSON.parse(origins) as string[],
  };
}

function unescape(text: string): string {
  const marks: Record<string, string> = {
    '&quot;': '"',
    '&#x27;': "'",
    '&#x3D;': '=',
    '&lt;': '<',
    '&gt;': '>',
    '&amp;': '&',
    '&#x60;': '`',
  };
  return text.replace(/&(quot|#x27|#x3D|lt|gt|amp|#x60);/g, (mark) => marks[mark] ?? mark);
}
