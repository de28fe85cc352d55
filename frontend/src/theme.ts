/**
 * Light, dark, or as the device has it: for this page, kept nowhere. The shell's choice is of no
 * use without a script, so it is hidden until this one runs.
 */
const choice = document.querySelector<HTMLSelectElement>('#theme');

if (choice) {
  choice.hidden = false;
  choice.addEventListener('change', () => {
    if (choice.value === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice.value;
  });
}
