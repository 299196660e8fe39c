import { Clock } from '../common/clock.js';
import { RateLimited } from '../common/errors.js';
import { loadConfig } from '../config/load-config.js';
import { SignInThrottle } from './sign-in-throttle.service.js';

class StoppedClock extends Clock {
  override now(): number {
    return 1_000_000;
  }
}

const wrong = async () => ({ succeeded: false });
const stranger = async () => false;
const known = async () => true;

describe('SignInThrottle', () => {
  const create = () => new SignInThrottle(loadConfig({}), new StoppedClock());
  const exhaustAddress = async (throttle: SignInThrottle) => {
    for (let user = 0; user < 30; user++) {
      await throttle.attempt({ address: 'here', subject: `user-${user}`, isKnownHere: stranger }, wrong);
    }
  };

  it('refuses the eleventh failure of a user at an address, and nobody else', async () => {
    const throttle = create();
    const ada = { address: 'here', subject: 'ada', isKnownHere: stranger };
    for (let count = 0; count < 10; count++) await throttle.attempt(ada, wrong);
    await expect(throttle.attempt(ada, wrong)).rejects.toEqual(new RateLimited(60));
    await expect(throttle.attempt({ ...ada, address: 'there' }, wrong)).resolves.toBeDefined();
    await expect(throttle.attempt({ ...ada, subject: 'bob' }, wrong)).resolves.toBeDefined();
  });

  it('shuts out strangers at an address with 30 failures, but not who is known there', async () => {
    const throttle = create();
    await exhaustAddress(throttle);
    const ada = { address: 'here', subject: 'ada', isKnownHere: stranger };
    await expect(throttle.attempt(ada, wrong)).rejects.toBeInstanceOf(RateLimited);
    await expect(throttle.attempt({ ...ada, isKnownHere: known }, wrong)).resolves.toBeDefined();
  });

  it('holds parallel guesses at a known user to ten while it looks up that he is known', async () => {
    const throttle = create();
    await exhaustAddress(throttle);
    const ada = { address: 'here', subject: 'ada', isKnownHere: known };
    const guesses = Array.from({ length: 100 }, () =>
      throttle.attempt(ada, wrong).then(
        () => 'tried',
        () => 'refused',
      ),
    );
    const outcomes = await Promise.all(guesses);
    expect(outcomes.filter((outcome) => outcome === 'tried')).toHaveLength(10);
  });

  it('counts nothing with RATE_LIMITS=off', async () => {
    const throttle = new SignInThrottle(loadConfig({ RATE_LIMITS: 'off' }), new StoppedClock());
    const ada = { address: 'here', subject: 'ada', isKnownHere: stranger };
    for (let count = 0; count < 50; count++) await throttle.attempt(ada, wrong);
  });
});
