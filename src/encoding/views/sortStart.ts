/** Sorts the first numbers of an array; most lists are shorter than ten. */
export function sortStart(numbers: Int32Array, length: number): void {
  if (length > 32) {
    numbers.subarray(0, length).sort();
    return;
  }
  for (let i = 1; i < length; i++) {
    const number = numbers[i];
    let place = i;
    while (place > 0 && numbers[place - 1] > number) {
      numbers[place] = numbers[place - 1];
      place--;
    }
    numbers[place] = number;
  }
}
