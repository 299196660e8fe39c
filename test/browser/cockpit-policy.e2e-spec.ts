import { CockpitStage } from '../support/cockpit.js';
import { describeOnce } from '../support/test-database.js';

describeOnce('the password policy in the cockpit, in a browser', () => {
  let stage: CockpitStage;

  beforeAll(async () => {
    stage = await CockpitStage.open();
  }, 60_000);
  afterAll(() => stage.close());
  afterEach(() => stage.leave());

  const register = async (email: string, password: string) => {
    const answer = await stage.server.api.post('/api/v1.1/auth/register/', {
      email,
      password1: password,
      password2: password,
    });
    return answer.status;
  };

  it('is what a registration obeys from then on', async () => {
    expect(await register('before@example.com', 'forty two horses 42')).toBe(201);
    const ada = await stage.enter({ email: 'admin@example.com' }, 'password-policy');
    await ada.type('Characters, at least', '24');
    await ada.type('Try a password (it stays in this page)', 'forty two horses 42');
    await ada.reads('It would be refused:');
    await ada.press('Save');
    await ada.reads('Done.');
    expect(await register('refused@example.com', 'forty two horses 43')).toBe(400);
    expect(await register('after@example.com', 'forty two horses and a half 42')).toBe(201);
  });

  it('is shown to a manager, who cannot change it', async () => {
    const ada = await stage.enter({ email: 'manager@example.com' }, 'password-policy');
    expect(await ada.page.getByLabel('Characters, at least', { exact: true }).isDisabled()).toBe(true);
    expect(await ada.page.getByRole('button', { name: 'Save' }).count()).toBe(0);
  });
});
