import { PersonalData, toldPage } from './personal-data.service.js';

const row = (key: string) => ({ key });
const keyOf = ({ key }: { key: string }) => key;

describe('what is kept of people', () => {
  it('is told of under one name by one module', () => {
    const personal = new PersonalData();
    personal.addFew('keys', () => Promise.resolve([]));
    expect(() => personal.addOne('keys', () => Promise.resolve(null))).toThrow('keys');
  });

  it('is erased by who builds upon others first', () => {
    const personal = new PersonalData();
    const [below, above] = [() => Promise.resolve(), () => Promise.resolve()];
    personal.addErasure(below);
    personal.addErasure(above);
    expect(personal.allErasures()).toEqual([above, below]);
    expect(personal.allErasures()[0]).toBe(above);
  });

  it('goes on after the last row of a full page, also where none of its rows is told', () => {
    const look = { after: null, limit: 2 };
    expect(toldPage([row('a'), row('b')], look, keyOf, () => null)).toEqual({ items: [], next: 'b' });
    expect(toldPage([row('a')], look, keyOf, (told) => told)).toEqual({ items: [row('a')], next: null });
    expect(toldPage([], look, keyOf, () => null)).toEqual({ items: [], next: null });
  });
});
