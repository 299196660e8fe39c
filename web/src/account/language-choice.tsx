import type { VNode } from 'preact';
import { LANGUAGE_NAMES, text } from '../texts/texts.js';

interface Properties {
  readonly name: string;
  readonly label: string;
  /** As the server has it, such as `en_US`. */
  readonly locale: string | null;
}

/** A choice of the languages that mails are written in; what the server has stays, if it is another one. */
export function LanguageChoice({ name, label, locale }: Properties): VNode {
  const known = Object.entries(LANGUAGE_NAMES);
  const chosen = known.find(([code]) => code === locale?.slice(0, 2))?.[0];
  return (
    <>
      <label for={name}>{label}</label>
      <select id={name} name={name} autoComplete="off">
        {chosen === undefined && (
          <option value="" selected>
            {locale ?? text('mailLanguageNone')}
          </option>
        )}
        {known.map(([code, ownName]) => (
          <option
            key={code}
            lang={code}
            value={code === chosen ? (locale ?? code) : code}
            selected={code === chosen}
          >
            {ownName}
          </option>
        ))}
      </select>
    </>
  );
}
