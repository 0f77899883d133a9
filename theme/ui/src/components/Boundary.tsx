import { Component, type ReactNode } from "react";
import { Problem } from "./Problem";

interface BoundaryProps {
  /** As Problem takes it. */
  readonly texts?: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly error?: unknown;
}

/** Keeps an error of drawing from emptying the whole page; trying again draws anew. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = {};

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === undefined ? (
      this.props.children
    ) : (
      <Problem
        texts={this.props.texts ?? ""}
        error={this.state.error}
        onRetry={() => this.setState({ error: undefined })}
      />
    );
  }
}
