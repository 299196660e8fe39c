import french from 'ra-language-french';
import english from 'ra-language-english';
import { en } from './en.js';

export const messages = { ...english, ...french, ...en };
