import { render } from 'preact';
import { App } from './app.js';

const main = document.querySelector('main');
if (main === null) throw new Error('The page has no main');
main.replaceChildren();
render(<App />, main);
