const form = document.getElementById('new');
const title = document.getElementById('title');
const list = document.getElementById('todos');
const count = document.getElementById('count');
const message = document.getElementById('message');
const clear = document.getElementById('clear');

/** Calls the API; what it answers with, or a problem in the words of the service. */
async function call(method, url, body) {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    let detail = response.statusText;
    try {
      detail = JSON.parse(text).detail ?? detail;
    } catch {
      // An answer of something between the page and the service.
    }
    throw new TypeError(detail);
  }
  return text === '' ? undefined : JSON.parse(text);
}

/** Does something, shows why it failed, and shows the list as the service has it. */
async function act(work) {
  message.hidden = true;
  let done = false;
  try {
    await work();
    done = true;
  } catch (error) {
    show(error);
  }
  await refresh();
  return done;
}

function show(error) {
  message.textContent = `That did not work: ${error.message}`;
  message.hidden = false;
}

async function refresh() {
  try {
    render(await call('GET', '/todos'));
  } catch (error) {
    count.textContent = 'The list cannot be shown.';
    show(error);
  }
}

function render(todos) {
  const focused = document.activeElement?.dataset?.key;
  list.replaceChildren(...todos.map(item));
  const open = todos.filter((todo) => !todo.completed).length;
  count.textContent = todos.length === 0 ? 'Nothing to do.' : `${open} of ${todos.length} to do.`;
  clear.hidden = todos.length === 0;
  if (focused) [...list.querySelectorAll('[data-key]')].find((element) => element.dataset.key === focused)?.focus();
}

function item(todo) {
  // The page may be reached by another name than the one in the todo's url: same path, this origin.
  const path = new URL(todo.url).pathname;
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.checked = todo.completed;
  box.dataset.key = `done ${path}`;
  box.addEventListener('change', () => act(() => call('PATCH', path, { completed: box.checked })));
  const text = document.createElement('span');
  text.textContent = todo.title;
  text.className = todo.completed ? 'done' : '';
  const label = document.createElement('label');
  label.append(box, text);
  const remove = document.createElement('button');
  remove.type = 'button';
  remove.textContent = 'Delete';
  remove.setAttribute('aria-label', `Delete ${todo.title}`);
  remove.addEventListener('click', async () => {
    await act(() => call('DELETE', path));
    title.focus();
  });
  const element = document.createElement('li');
  element.append(label, remove);
  return element;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const wanted = title.value;
  const added = await act(() => call('POST', '/todos', { title: wanted }));
  if (added) form.reset();
  title.focus();
});

clear.addEventListener('click', async () => {
  if (!window.confirm('Delete all todos?')) return;
  await act(() => call('DELETE', '/todos'));
  title.focus();
});

await refresh();
