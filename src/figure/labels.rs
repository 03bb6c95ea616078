//! Labels beside the ends of lines.

/// Centres of labels of one height moved as little as needed so that none overlaps another and
/// all lie within `low..=high`, in the order given. `wanted` are the centres asked for. `None`
/// where the labels don't fit.
pub fn spread(wanted: &[f32], height: f32, low: f32, high: f32) -> Option<Vec<f32>> {
    if wanted.len() as f32 * height > high - low {
        return None;
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    let mut clusters: Vec<Cluster> = Vec::new();
    for (rank, index) in order.iter().enumerate() {
        clusters.push(Cluster {
            first: rank,
            len: 1,
            sum: wanted[*index],
        });
        // Two neighbours that overlap move together: their common centre is the mean of what each
        // asks for, which moves all of them the least in the sum of squares.
        while let [.., a, b] = clusters.as_slice()
            && a.bottom(height, low, high) > b.top(height, low, high)
        {
            let merged = a.merged(b, height);
            clusters.truncate(clusters.len() - 2);
            clusters.push(merged);
        }
    }
    let mut placed = vec![0.0; wanted.len()];
    for cluster in &clusters {
        let top = cluster.top(height, low, high);
        for k in 0..cluster.len {
            placed[order[cluster.first + k]] = top + (k as f32 + 0.5) * height;
        }
    }
    Some(placed)
}

/// Labels that stand in one block; `sum` is the sum of the block centres each would ask for.
#[derive(Clone, Copy)]
struct Cluster {
    first: usize,
    len: usize,
    sum: f32,
}

impl Cluster {
    fn top(&self, height: f32, low: f32, high: f32) -> f32 {
        let size = self.len as f32 * height;
        (self.sum / self.len as f32 - 0.5 * size)
            .min(high - size)
            .max(low)
    }

    fn bottom(&self, height: f32, low: f32, high: f32) -> f32 {
        self.top(height, low, high) + self.len as f32 * height
    }

    fn merged(&self, below: &Self, height: f32) -> Self {
        // A label's own place in the joint block differs from its place in the part by half of
        // the other part's size.
        let shift = 0.5 * height;
        let upper = self.sum + self.len as f32 * shift * below.len as f32;
        let lower = below.sum - below.len as f32 * shift * self.len as f32;
        Self {
            first: self.first,
            len: self.len + below.len,
            sum: upper + lower,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(placed: &[f32], height: f32) -> bool {
        let mut sorted = placed.to_vec();
        sorted.sort_by(f32::total_cmp);
        sorted.windows(2).all(|w| w[1] - w[0] >= height - 1e-3)
    }

    #[test]
    fn labels_with_room_stay() {
        assert_eq!(
            spread(&[80.0, 20.0, 50.0], 10.0, 0.0, 100.0),
            Some(vec![80.0, 20.0, 50.0])
        );
    }

    #[test]
    fn overlapping_labels_move_apart_evenly() {
        assert_eq!(
            spread(&[50.0, 50.0], 10.0, 0.0, 100.0),
            Some(vec![45.0, 55.0])
        );
        assert_eq!(
            spread(&[50.0, 50.0, 50.0], 10.0, 0.0, 100.0),
            Some(vec![40.0, 50.0, 60.0])
        );
    }

    #[test]
    fn none_leaves_the_frame_and_none_overlaps() {
        for seed in 0..50u32 {
            let wanted: Vec<f32> = (0..6)
                .map(|i| ((seed * 31 + i * 17) % 120) as f32 - 10.0)
                .collect();
            let placed = spread(&wanted, 12.0, 0.0, 100.0).expect("72 of 100 points fit");
            assert!(apart(&placed, 12.0), "{wanted:?} {placed:?}");
            assert!(
                placed.iter().all(|p| *p >= 6.0 - 1e-3 && *p <= 94.0 + 1e-3),
                "{wanted:?} {placed:?}"
            );
        }
    }

    #[test]
    fn too_many_labels_are_refused() {
        assert_eq!(spread(&[1.0, 2.0, 3.0], 10.0, 0.0, 25.0), None);
    }
}
