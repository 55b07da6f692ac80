// Sizes and places on the screen or in the picture, px.

export interface Size {
  width: number;
  height: number;
}

export interface Area extends Size {
  x: number;
  y: number;
}
