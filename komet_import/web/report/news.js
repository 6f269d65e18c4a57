// Asks whether something has happened to the import since its report was drawn, and has it drawn anew then.

const EVERY = 3000; // milliseconds between two questions
const HIDDEN = 15000; // and while nobody sees the page
const OFTEN = 1000; // between looks at whether it is time

let timer;

export default function mount({ data, setTriggerValue }) {
  clearInterval(timer);
  let askedAt = Date.now();
  let asking = false;
  const stop = () => clearInterval(own); // the one before may leave after the next has come
  const ask = async () => {
    if (asking || Date.now() - askedAt < (document.hidden ? HIDDEN : EVERY)) return;
    asking = true;
    askedAt = Date.now();
    const asked = new URLSearchParams({ batch: data.batch, version: data.version });
    try {
      const answer = await fetch(`${data.url}?${asked}`, { signal: AbortSignal.timeout(HIDDEN) });
      if (answer.status === 200) setTriggerValue("new", true);
      else if (answer.status !== 204 && answer.status < 500) stop(); // it is this person's no longer
    } catch {
      // the server is away: the next question will do
    }
    asking = false;
  };
  const own = setInterval(ask, OFTEN);
  timer = own;
  return stop;
}
