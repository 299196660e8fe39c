import { Injectable } from '@nestjs/common';
import type { Db, Tx } from './db.js';

/** Whose data it is. */
export interface DataSubject {
  readonly userId: string;
  /** His address of mail, normalised; null while he has not shown that it is his. */
  readonly confirmedAddress: string | null;
}

/** Something that is told of a person, as JSON has it. Never a secret, or a digest of one. */
export type Told = Readonly<Record<string, unknown>>;

/** Where a page begins, and how many rows it may look at. */
export interface Look {
  /** `next` of the page before; null at the first one. */
  readonly after: string | null;
  readonly limit: number;
}

/** One page; `next` leads to the one after it and is null at the end, whatever `items` holds. */
export interface ToldPage {
  readonly items: readonly Told[];
  readonly next: string | null;
}

/** A named section of what is known of a person: one thing, or a list that is read by pages. */
export type PersonalSection =
  | { readonly name: string; readonly one: (db: Db, subject: DataSubject) => Promise<Told | null> }
  | { readonly name: string; readonly page: (db: Db, subject: DataSubject, look: Look) => Promise<ToldPage> };

/** Takes away what no foreign key does; may answer what is left to do once that is committed. */
export type Erasure = (tx: Tx, subject: DataSubject) => Promise<void | (() => Promise<void>)>;

/** What is kept of people: each module says of its own, once, at start, how it is told and how it is erased. */
@Injectable()
export class PersonalData {
  private readonly sections: PersonalSection[] = [];
  private readonly erasures: Erasure[] = [];

  /** One thing of a person, or null. */
  addOne(name: string, one: (db: Db, subject: DataSubject) => Promise<Told | null>): void {
    this.add({ name, one });
  }

  /** The few of a list that is bounded by its own rules. */
  addFew(name: string, few: (db: Db, subject: DataSubject) => Promise<readonly Told[]>): void {
    this.add({ name, page: async (db, subject) => ({ items: await few(db, subject), next: null }) });
  }

  /** A list of any length, of which each page is read from its place in an index. */
  addMany(name: string, page: (db: Db, subject: DataSubject, look: Look) => Promise<ToldPage>): void {
    this.add({ name, page });
  }

  /** For rows that hold something of a person and do not go with him. */
  addErasure(erasure: Erasure): void {
    this.erasures.push(erasure);
  }

  allSections(): readonly PersonalSection[] {
    return this.sections;
  }

  /** In the order in which they are to run, before he himself is deleted: who builds upon others comes before them. */
  allErasures(): readonly Erasure[] {
    return [...this.erasures].reverse();
  }

  private add(section: PersonalSection): void {
    if (this.sections.some(({ name }) => name === section.name)) {
      throw new Error(`Two modules tell of ${section.name}`);
    }
    this.sections.push(section);
  }
}

/** The page of rows that were found by `look`, in the order of their keys. */
export function toldPage<Row>(
  rows: readonly Row[],
  { limit }: Look,
  keyOf: (row: Row) => string,
  tell: (row: Row) => Told | null,
): ToldPage {
  const last = rows.at(-1);
  const isFull = rows.length >= limit && last !== undefined;
  return { items: rows.map(tell).filter((item) => item !== null), next: isFull ? keyOf(last) : null };
}

/** A time in ms since 1970 as JSON tells it. */
export function told(at: number): string;
export function told(at: number | null): string | null;
export function told(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
