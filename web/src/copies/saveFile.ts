// Gives a file to the person, as their browser keeps downloads.
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has begun by then; what is kept longer would stay in memory.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
