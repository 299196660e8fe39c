import type { VNode } from 'preact';
import { addressOf, SECTIONS, type Section } from '../route.js';
import { text } from '../texts/texts.js';
import { SECTION_TITLES } from './section-titles.js';

/** The ways between the sections: all of them where there is room, else the one to the overview. */
export function SectionMenu({ current }: { readonly current: Section }): VNode {
  return (
    <>
      <a class="up" href={addressOf('overview')}>
        {text('accountTitle')}
      </a>
      <nav class="menu" aria-label={text('accountTitle')}>
        <ul>
          {(['overview', ...SECTIONS] as const).map((section) => (
            <li key={section}>
              <a href={addressOf(section)} aria-current={section === current ? 'page' : undefined}>
                {text(SECTION_TITLES[section])}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}
