// A thread that answers as the seed says.
const ANSWERS = {
  left: () => ({ kind: 'left', why: 'it is its own affair' }),
  first: () => ({ kind: 'threw', message: 'the first bug', stack: '' }),
  second: () => ({ kind: 'threw', message: 'the second bug', stack: '' }),
  nothing: () => ({ kind: 'made', made: undefined }),
  dies: () => process.exit(0),
  astray() {
    process.nextTick(() => {
      throw 7;
    });
    return new Promise(() => undefined);
  },
  endless() {
    for (;;);
  },
};

export const makeSmall = ({ failure }) => ANSWERS[failure.seed]();
